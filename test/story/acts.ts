import { keyOf, Refused } from './api.ts';
import { meetingActs } from './meeting-acts.ts';
import { type Act, later, type Scene, stepIdOf } from './scene.ts';
import type { Colleague } from './territory.ts';

interface Appointment {
  readonly id: string;
  readonly status: string;
  readonly stepKey: string;
  readonly visitKind: string;
  readonly slot?: { readonly startsAt: string; readonly endsAt: string; readonly practitionerId?: string };
}
interface Task {
  readonly id: string;
  readonly status: string;
  readonly stepKey: string;
  readonly kind: string;
  readonly ownerId?: string;
  readonly outcomes: readonly string[];
}
interface Opinion {
  readonly id: string;
  readonly status: string;
  readonly stepKey: string;
  readonly expertId: string;
  readonly requestedAt?: string;
}
/** A person does a task a working day after it is theirs. */
const TASK_HOURS = 22;
const OPINION_HOURS = 44;

/** Every act that people owe this pathway, now or later. */
export async function actsOf(scene: Scene): Promise<Act[]> {
  return [...(await visits(scene)), ...(await tasks(scene)), ...(await opinions(scene)), ...(await meetingActs(scene))];
}

async function visits(scene: Scene): Promise<Act[]> {
  const { api, pathwayId, territory } = scene;
  const appointments = await api.all<Appointment>(
    'coordinator',
    'scheduling',
    `/appointments?pathwayId=${pathwayId}&limit=200`,
  );
  const recorded = await recordedFacts(scene);
  return appointments.flatMap(({ id, status, stepKey, visitKind, slot }): Act[] => {
    if (slot === undefined) return [];
    const seenBy = territory.byId(slot.practitionerId);
    const name = seenBy?.name ?? 'the team';
    switch (status) {
      case 'held':
        return [
          {
            at: scene.now,
            who: territory.of('IDEC').name,
            what: `confirms ${visitKind} on ${slot.startsAt.slice(0, 16)}`,
            run: () =>
              api.post({ role: 'coordinator' }, 'scheduling', `/appointments/${id}/confirm`, {}, keyOf(id, 'confirm')),
          },
        ];
      case 'booked':
        return [
          {
            at: slot.endsAt,
            who: name,
            what: `sees the patient: ${visitKind} (${stepKey})`,
            run: () =>
              api.post(asPerson(seenBy), 'scheduling', `/appointments/${id}/attended`, {}, keyOf(id, 'attended')),
          },
        ];
      case 'attended':
        // What a visit found is written down once the visit itself is known everywhere: evidence comes before results.
        return unwritten(scene, stepKey, recorded)
          ? [
              {
                at: scene.now,
                who: name,
                what: `writes down what was found (${stepKey})`,
                run: () => record(scene, stepKey, seenBy),
              },
            ]
          : [];
      default:
        return [];
    }
  });
}

/** Codes already recorded, each with its step: `imaging/imaging.acr`. */
async function recordedFacts({ api, pathwayId }: Scene): Promise<ReadonlySet<string>> {
  const { items } = await api.get<{ items: readonly { stepKey?: string; code?: string }[] }>(
    'coordinator',
    'pathways',
    `/pathways/${pathwayId}/timeline`,
  );
  return new Set(items.map(({ stepKey = '', code = '' }) => `${stepKey}/${code}`));
}

const unwritten = ({ course }: Scene, stepKey: string, recorded: ReadonlySet<string>): boolean =>
  (course.results[stepIdOf(stepKey)] ?? []).some(({ code }) => !recorded.has(`${stepKey}/${code}`));

async function tasks(scene: Scene): Promise<Act[]> {
  const { api, pathwayId, territory, course } = scene;
  const open = await api.all<Task>('coordinator', 'pathways', `/tasks?pathwayId=${pathwayId}&status=open&limit=200`);
  return open.map(({ id, stepKey, ownerId, kind, outcomes }): Act => {
    const owner = territory.byId(ownerId) ?? territory.of('IDEC');
    const step = scene.pathway.steps.find((one) => one.key === stepKey);
    const outcome = outcomes.length > 0 ? (course.outcomes[stepIdOf(stepKey)] ?? outcomes[0]) : undefined;
    return {
      at: later(step?.dueFrom ?? scene.now, TASK_HOURS),
      who: owner.name,
      what: `does the ${kind} ${stepKey}${outcome === undefined ? '' : ` (${outcome})`}`,
      run: async () => {
        await record(scene, stepKey, owner);
        await unlessDone(() =>
          api.post(
            asPerson(owner),
            'pathways',
            `/tasks/${id}/done`,
            outcome === undefined ? {} : { outcome },
            keyOf(id, 'done'),
          ),
        );
      },
    };
  });
}

/** A result may have finished the step, and with it the task. */
async function unlessDone(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refused) || error.status !== 409) throw error;
  }
}

async function opinions(scene: Scene): Promise<Act[]> {
  const { api, pathwayId, territory } = scene;
  const asked = await api.all<Opinion>(
    'coordinator',
    'tele-expertise',
    `/opinion-requests?pathwayId=${pathwayId}&limit=200`,
  );
  return asked
    .filter(({ status }) => status === 'asked' || status === 'accepted')
    .map(({ id, expertId, stepKey, requestedAt }): Act => {
      const expert = territory.byId(expertId);
      const who = { role: 'specialist', practitionerId: expertId } as const;
      return {
        at: later(requestedAt ?? scene.now, OPINION_HOURS),
        who: expert?.name ?? 'the expert',
        what: `signs the opinion (${stepKey}): malignant`,
        run: async () => {
          await unlessDone(() =>
            api.post(who, 'tele-expertise', `/opinion-requests/${id}/accept`, {}, keyOf(id, 'accept')),
          );
          const answer = {
            conclusion: 'malignant',
            text: 'Texte de démonstration : carcinome infiltrant confirmé en relecture.',
          };
          await api.post(who, 'tele-expertise', `/opinion-requests/${id}/answer`, answer, keyOf(id, 'answer'));
        },
      };
    });
}

/** Writes down what was found at a step. */
async function record(scene: Scene, stepKey: string, by: Colleague | undefined): Promise<void> {
  const { api, pathwayId, course } = scene;
  const found = course.results[stepIdOf(stepKey)] ?? [];
  const checked = stepIdOf(stepKey).endsWith('-check') && scene.creatinine !== undefined ? [scene.creatinine] : [];
  for (const { code, value, unit } of [...found, ...checked]) {
    await api.post(
      asPerson(by),
      'pathways',
      `/pathways/${pathwayId}/facts`,
      {
        factId: keyOf(pathwayId, stepKey, code, scene.now),
        code,
        at: scene.now,
        stepKey,
        ...(value === undefined ? {} : { value }),
        ...(unit === undefined ? {} : { unit }),
      },
      keyOf(pathwayId, 'fact', stepKey, code, scene.now),
    );
  }
}

const asPerson = (one: Colleague | undefined) =>
  one === undefined || one.role === 'IDEC'
    ? ({ role: 'coordinator', ...(one === undefined ? {} : { practitionerId: one.practitionerId }) } as const)
    : ({ role: 'specialist', practitionerId: one.practitionerId } as const);
