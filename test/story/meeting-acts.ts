import { keyOf, Refused } from './api.ts';
import { type Act, later, type Scene, stepIdOf } from './scene.ts';

interface MeetingCase {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly stepKey: string;
  readonly meetingId?: string;
}

/** The discussion of every case that is planned at a meeting. */
export async function meetingActs(scene: Scene): Promise<Act[]> {
  const { api, pathwayId } = scene;
  const planned = await api.all<MeetingCase>(
    'coordinator',
    'meetings',
    `/cases?pathwayId=${pathwayId}&status=planned&limit=200`,
  );
  return Promise.all(
    planned.map(async (one): Promise<Act> => {
      const meeting = await api.get<{ startsAt: string }>(
        'coordinator',
        'meetings',
        `/meetings/${one.meetingId ?? ''}`,
      );
      return {
        at: later(meeting.startsAt, 1),
        who: 'the meeting',
        what: `discusses ${one.stepKey}`,
        run: () => discuss(scene, one),
      };
    }),
  );
}

async function discuss(scene: Scene, { id, stepKey }: MeetingCase): Promise<void> {
  const { api, territory, course } = scene;
  const surgeon = territory.of('SUR');
  const first = await api.get<MeetingCase>('coordinator', 'meetings', `/cases/${id}`);
  const missed = course.quorumMissed && stepKey === 'meeting-1' && !(await deferredBefore(scene));
  const present = [surgeon, territory.of('ONC'), territory.of('RAD'), ...(missed ? [] : [territory.of('RT')])];
  const attendees = present.map(({ practitionerId }, index) => ({
    practitionerId,
    mode: index === 1 ? 'video' : 'present',
  }));
  await api.post(
    { role: 'meeting-secretary' },
    'meetings',
    `/cases/${id}/attendance`,
    { attendees },
    keyOf(id, 'attendance'),
  );
  const { version } = await api.get<MeetingCase>('coordinator', 'meetings', `/cases/${id}`);
  const decision = {
    decision: 'THERAPEUTIC_PROPOSAL',
    orientation: course.decisions[stepIdOf(stepKey)] ?? 'SURVEILLANCE',
  };
  const chair = { role: 'chair', practitionerId: surgeon.practitionerId } as const;
  try {
    await api.post(chair, 'meetings', `/cases/${id}/decision`, decision, keyOf(id, 'decision'), {
      'if-match': `"${version}"`,
    });
    scene.tell(
      surgeon.name,
      `signs the decision of ${stepKey}: ${decision.orientation} (${attendees.length} present, ${first.status})`,
    );
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.code !== 'QUORUM_MISSING') throw error;
    scene.tell('the meeting', `has no quorum: ${error.problem.detail ?? ''}`);
    await api.post(
      { role: 'meeting-secretary' },
      'meetings',
      `/cases/${id}/defer`,
      { reason: 'DEFERRED_NO_QUORUM' },
      keyOf(id, 'defer'),
    );
  }
}

async function deferredBefore({ api, pathwayId }: Scene): Promise<boolean> {
  const deferred = await api.all('coordinator', 'meetings', `/cases?pathwayId=${pathwayId}&status=deferred&limit=200`);
  return deferred.length > 0;
}
