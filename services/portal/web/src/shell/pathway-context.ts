import { useRead } from '../api/queries';
import { dayText } from '../formats';
import { type ContextPart, contextOf, type PathwayRead, type TimelineRead } from './context-parts';
import { usePlace } from './session-context';
import { useWords } from './words';

/** What a pathway has to tell an expert; null where the reader may not see it, undefined while it is read. */
export function usePathwayContext(pathwayId: string): readonly ContextPart[] | null | undefined {
  const words = useWords();
  const place = usePlace();
  const pathway = useRead<PathwayRead>(`/api/pathways/pathways/${pathwayId}`);
  const timeline = useRead<TimelineRead>(`/api/pathways/pathways/${pathwayId}/timeline`);
  if (pathway.error !== null || timeline.error !== null) return null;
  if (pathway.data === undefined || timeline.data === undefined) return undefined;
  return contextOf(pathway.data, timeline.data, words, (instant) => dayText(instant, place.now, place));
}
