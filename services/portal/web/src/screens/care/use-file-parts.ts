import { paths } from '../../api/care';
import { useRead } from '../../api/queries';

type FilePart = 'timeline' | 'tasks' | 'alerts' | 'requests';

/**
 * Asks for parts of a pathway's file together with the pathway, where the screen knows from the start that it will show
 * them: what shows them finds them read, and one question is asked where there were several, one after the other.
 */
export function useFileParts(pathwayId: string, shown: readonly FilePart[]): void {
  useRead(paths.timeline(pathwayId), { isEnabled: shown.includes('timeline') });
  useRead(paths.tasksOf(pathwayId), { isEnabled: shown.includes('tasks') });
  useRead(paths.alertsOf(pathwayId), { isEnabled: shown.includes('alerts') });
  useRead(paths.requestsOf(pathwayId), { isEnabled: shown.includes('requests') });
}
