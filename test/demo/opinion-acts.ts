import { type Api, keyOf } from '../story/api.ts';
import { dated } from '../story/territory.ts';

export interface Answering {
  readonly requestId: string;
  readonly expertId: string;
  readonly conclusion: string;
  readonly text: string;
  /** An instant of the demo's past. */
  readonly at: string;
}

/** The expert's answer, given at its time. */
export async function giveOpinion(api: Api, { requestId, expertId, conclusion, text, at }: Answering): Promise<void> {
  await api.post(
    { role: 'specialist', practitionerId: expertId },
    'tele-expertise',
    `/opinion-requests/${requestId}/answer`,
    { conclusion, text },
    keyOf(requestId, 'answer'),
    dated(at),
  );
}
