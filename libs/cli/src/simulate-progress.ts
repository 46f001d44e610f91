/**
 * How far a long simulation is: patients (or other cases) done, how many a second, and how long the rest will take at that pace.
 * @param elapsedMs since the first patient
 */
export function progressLine(done: number, of: number, elapsedMs: number, noun = 'patients'): string {
  const perSecond = elapsedMs > 0 ? (1000 * done) / elapsedMs : 0;
  const percent = String(Math.floor((100 * done) / of)).padStart(3);
  const left = perSecond > 0 ? `${durationText((of - done) / perSecond)} left` : 'time left not known yet';
  return `${percent} %  ${whole(done)} of ${whole(of)} ${noun}, ${whole(Math.round(perSecond))} a second, ${left}`;
}

const whole = (value: number): string => value.toLocaleString('en-US');

function durationText(seconds: number): string {
  const rounded = Math.ceil(seconds);
  const [hours, minutes] = [Math.floor(rounded / 3600), Math.floor((rounded % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${rounded % 60} s` : `${rounded} s`;
}
