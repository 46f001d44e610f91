import { paths } from '../../api/care';
import { useRead } from '../../api/queries';

/** Which parts a screen shows. */
interface Shown {
  readonly timeline?: boolean;
  readonly tasks?: boolean;
  readonly alerts?: boolean;
  readonly requests?: boolean;
}

/**
 * Asks for parts of a pathway's file together with the pathway, where the screen knows from the start that it will show
 * them: what shows them finds them read, and one question is asked where there were several, one after the other.
 */
export function useFileParts(pathwayId: string, shown: Shown): void {
  useRead(paths.timeline(pathwayId), { isEnabled: shown.timeline === true });
  useRead(paths.tasksOf(pathwayId), { isEnabled: shown.tasks === true });
  useRead(paths.alertsOf(pathwayId), { isEnabled: shown.alerts === true });
  useRead(paths.requestsOf(pathwayId), { isEnabled: shown.requests === true });
}
