export function Enrolment() {
  return null;
}
