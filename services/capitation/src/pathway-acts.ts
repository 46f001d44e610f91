import { dayOf } from './book-time';
import type { TellAct } from './participation';
import type { PathwayAccount, PathwayCommand } from './pathway-account';
import type { Evidence } from './pathway-facts';
import type { Shelf } from './shelf';

/** An act counts once for each who took part; contracts value it by their points. */
const WHOLE_WEIGHT = 1000n;

/**
 * What a pathway's account heard, as acts of the month in the book its contract posts to: an act that is heard, and with
 * the enrolment those that were heard before it, when the book was not known yet.
 *
 * @param state after the command
 */
export function actsHeard(command: PathwayCommand, state: PathwayAccount, shelf: Shelf): readonly TellAct[] {
  const found = state.contract ? shelf.active(command.territory, state.contract.sha256) : undefined;
  if (!found) return [];
  const { bookId: book, contract } = found;
  const { territory, now } = command;
  const told = ({ source, kind, at, eventId }: Heard, practitioners: readonly string[]): TellAct => {
    const day = dayOf(at, contract.document.timezone);
    const act = { eventId, kind, day, practitioners, weight: WHOLE_WEIGHT };
    return { type: 'TellAct', book, source, act, territory, now };
  };
  if (command.type === 'HearEvidence') return [told(command, command.practitionerIds)];
  if (command.type !== 'Enrol') return [];
  return [...Map.groupBy(state.evidence, ({ source }) => source)].flatMap(([, all]) => {
    const [first] = all;
    return first
      ? [
          told(
            first,
            all.map((one) => one.practitionerId),
          ),
        ]
      : [];
  });
}

type Heard = Pick<Evidence, 'source' | 'kind' | 'at' | 'eventId'>;
