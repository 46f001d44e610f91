import { addToInstant, epochOf, holidayTerritory, uuidv5 } from '@ariane/kernel';
import type { StepDocument } from '@ariane/protocol';
import { coordinatorOf, memberOf, ownerOf } from './care-team';
import type { Ask, Now, Pathway, StepRecord } from './pathway';
import { dayOf } from './pathway-time';
import { hostOf } from './shared-visit';

/** What a step's attempt is called everywhere: the appointment's, the request's, the case's and the task's id. */
export const stepIdFor = (pathwayId: string, stepKey: string, attempt: number): string =>
  uuidv5(pathwayId, `${stepKey}/${attempt}`);

/** What another service is asked for so that a due step gets done; undefined for steps that ask nobody. */
export function askFor(pathway: Pathway, step: StepRecord, document: StepDocument, now: Now): Ask | undefined {
  const request = requestFor(pathway, step, document, now.care);
  if (request === undefined) return undefined;
  const id = stepIdFor(pathway.id, step.key, step.attempt);
  const { service, path, idName, body } = request;
  return {
    id,
    service,
    path,
    body: { [idName]: id, pathwayId: pathway.id, patientId: pathway.patientId, stepKey: step.key, ...present(body) },
    idempotencyKey: uuidv5(id, 'ask'),
    stepKey: step.key,
    attempt: step.attempt,
    askedAt: now.machine,
  };
}

const askingKinds: readonly StepRecord['kind'][] = ['appointment', 'tele-expertise', 'meeting', 'sub-protocol'];

/**
 * What others may hold for a step that will not be done: its last attempt's visit, request or case, and a visit that
 * somebody booked by hand. Named by id, so that what is asked for once more, should the step come back, is left alone.
 */
export function askedFor(pathway: Pathway, { key, kind, toldDue }: StepRecord): { readonly asked?: string[] } {
  // A visit that the step follows is another pathway's.
  const isShared = hostOf(pathway, key) !== undefined;
  const own = toldDue > 0 && !isShared && askingKinds.includes(kind) ? [stepIdFor(pathway.id, key, toldDue)] : [];
  const visits = isShared ? [] : pathway.bookings.filter(({ stepKey }) => stepKey === key);
  const booked = visits.map(({ appointmentId }) => appointmentId);
  const asked = [...new Set([...own, ...booked])];
  return asked.length === 0 ? {} : { asked };
}

/** More attempts than any step has had; beyond it an id is somebody's own. */
const ATTEMPTS_MAX = 50;

/**
 * Whether an answer comes for an attempt that was called off while it was being asked for: its step is no longer to be
 * done, waits for another that came back, or is asked for as a later attempt. What somebody booked by hand has another id.
 */
export function isCalledOff(pathway: Pathway, stepKey: string, askId: string): boolean {
  if (pathway.asks.some(({ id }) => id === askId)) return false;
  const attempts = Array.from({ length: ATTEMPTS_MAX }, (_, index) => index + 1);
  const attempt = attempts.find((one) => stepIdFor(pathway.id, stepKey, one) === askId);
  if (attempt === undefined) return false;
  const step = pathway.steps.find(({ key }) => key === stepKey);
  if (step === undefined || step.toldEnd === 'not-applicable') return true;
  return attempt < step.attempt;
}

type Request = Pick<Ask, 'service' | 'path'> & { readonly idName: string; readonly body: Record<string, unknown> };

function requestFor(pathway: Pathway, step: StepRecord, document: StepDocument, now: string): Request | undefined {
  const day = dayOf(pathway, now);
  const roles = [document.role, ...(document.deputies ?? [])];
  const dueFrom = laterOf(step.dueFrom, now);
  switch (document.kind) {
    case 'appointment':
      return visitRequest(pathway, step, document, now);
    case 'tele-expertise':
      return {
        service: 'tele-expertise',
        path: '/opinion-requests',
        idName: 'requestId',
        body: {
          specialty: document.specialty,
          requesterId: (ownerOf(pathway.team, roles, day) ?? coordinatorOf(pathway.team, day))?.practitionerId,
          question: document.question.fr,
          dueAt: answerBy(pathway, step, now),
          attachments: [],
          conclusions: conclusionsOf(document),
        },
      };
    case 'meeting':
      return {
        service: 'meetings',
        path: '/cases',
        idName: 'caseId',
        body: { meetingType: document.meetingType, earliest: dueFrom, latest: step.latest },
      };
    case 'sub-protocol':
      return {
        service: 'pathways',
        path: '/sub-pathways',
        idName: 'id',
        body: { protocolId: document.protocol },
      };
    case 'task':
    case 'questionnaire':
    case 'document':
    case 'wait':
    case 'milestone':
      return undefined;
  }
}

function visitRequest(
  { team, timeZone }: Pathway,
  step: StepRecord,
  document: Extract<StepDocument, { kind: 'appointment' }>,
  now: string,
): Request {
  const { visitKind, role, deputies = [], mode, durationMinutes: minutes, booking } = document;
  const practitionerId = memberOf(team, [role, ...deputies], dayOf({ timeZone }, now))?.practitionerId;
  const window = { dueFrom: laterOf(step.dueFrom, now), latest: step.latest };
  return {
    service: 'scheduling',
    path: '/appointment-requests',
    idName: 'appointmentId',
    body: { visitKind, role, practitionerId, mode, ...window, minutes, booking },
  };
}

/** The answers that the step tells apart, those that finish it first; undefined where any answer does. */
function conclusionsOf(document: Extract<StepDocument, { kind: 'tele-expertise' }>): readonly string[] | undefined {
  const told = [...(document.doneBy ? [document.doneBy] : []), ...(document.failedBy ?? [])];
  const codes = told.filter(({ fact }) => fact === 'opinion.given').flatMap((match) => match.in ?? []);
  return codes.length === 0 ? undefined : [...new Set(codes.map(String))];
}

/** The deadline of an opinion: the step's, or two working days once that is past, since an expert needs some. */
function answerBy({ timeZone, holidays }: Pathway, { latest }: StepRecord, now: string): string {
  if (latest !== undefined && epochOf(latest) > epochOf(now)) return latest;
  return addToInstant(now, { count: 2, unit: 'wd' }, timeZone, holidayTerritory(holidays) ?? 'FR');
}

const laterOf = (a: string | undefined, b: string): string => (a !== undefined && epochOf(a) > epochOf(b) ? a : b);

const present = (body: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
