import { holidayTerritory, uuidv5 } from '@ariane/kernel';
import type { AlertCommand, AlertWatch } from './alert';
import { deliverableFrom } from './alert-clock';
import { ADMINISTRATOR, escalationOf, type Ladder } from './alert-ladder';
import { coordinatorOf, type Member, membersOn, ownerOf } from './care-team';
import type { CoverEnd } from './cover-end';
import type { Placement } from './duty-cover';
import type { Pathway, PathwayEvent, Planner, StepRecord } from './pathway';
import { dayOf } from './pathway-time';
import { addWorkingMs } from './working-hours';

interface ToAlert {
  readonly to: 'alert';
  readonly id: string;
  readonly command: AlertCommand;
}

/** The id of the alert that says a step's attempt is late; a step whose dates were moved is late anew. */
export const lateAlertId = (pathwayId: string, stepKey: string, attempt: number, moves = 0): string =>
  uuidv5(pathwayId, `${stepKey}/${attempt}/late${moves === 0 ? '' : `/${moves}`}`);

/** What the machinery could not do is to be seen today, and by somebody else within the hour. Source: proposal. */
const ofMachinery = {
  tier: 2,
  ladder: {
    hours: 'working',
    rungs: [
      { role: 'coordinator', after: '1h' },
      { role: 'coordinator', after: '4h' },
    ],
  },
} as const satisfies { readonly tier: number; readonly ladder: Ladder };

/** A step is late: its protocol says how urgent that is, whom it falls to and whom it climbs to. */
export function lateAlert(planner: Planner, pathway: Pathway, stepKey: string, latest: string): readonly ToAlert[] {
  const document = planner.step(pathway, stepKey);
  const step = pathway.steps.find(({ key }) => key === stepKey);
  if (step === undefined || document === undefined || document.kind === 'milestone') return [];
  const at = pathway.plannedAt ?? pathway.enrolledAt;
  const { late } = document;
  const about = { reason: 'step-late', stepKey, raisedAt: latest, text: late.title.fr };
  const id = lateAlertId(pathway.id, stepKey, step.attempt, step.moves);
  const owner = ownerOf(pathway.team, [late.owner], dayOf(pathway, at));
  return [raised(pathway, { id, ...about }, escalationOf(late), { owner, roles: [late.owner], at })];
}

/** Some service could not apply a fact of this pathway: the coordinator hears of it at once (hazard H3). */
export function parkedAlert(
  pathway: Pathway,
  { eventId, producer, consumer, at }: Extract<PathwayEvent, { type: 'ParkedKeyNoticed' }>['data'],
): readonly ToAlert[] {
  const id = uuidv5(pathway.id, `parked/${consumer}/${eventId}`);
  const text = `Une information de ${producer} n’a pas pu être prise en compte par ${consumer}.`;
  return [toCoordinator(pathway, { id, reason: 'event-parked', raisedAt: at, text })];
}

export function refusedAlert(
  pathway: Pathway,
  { askId, service, stepKey, code, at }: Extract<PathwayEvent, { type: 'AskRefused' }>['data'],
): readonly ToAlert[] {
  const text = `${service} n’a pas accepté ce que le parcours demandait (${code}).`;
  return [toCoordinator(pathway, { id: uuidv5(askId, 'refused'), reason: 'ask-refused', raisedAt: at, text, stepKey })];
}

/**
 * Rosters that cover this pathway's alerts end: its coordinator hears of it while there is time to make others.
 *
 * @param again tells the alert from a former one for the same end, which other rosters had averted
 */
export const coverAlert = (
  pathway: Pathway,
  { day, roles }: CoverEnd,
  at: string,
  again = '',
): Pick<ToAlert, 'id' | 'command'> => {
  const text = `À partir du ${day}, aucun tour de garde ne couvre plus : ${roles.join(', ')}.`;
  const id = uuidv5(pathway.id, `${COVER_ENDS}/${day}/${roles.join()}${again}`);
  return toCoordinator(pathway, { id, reason: COVER_ENDS, raisedAt: at, text });
};

/** Why an alert was raised, as a code. */
export const COVER_ENDS = 'cover-ends';

/** Somebody from outside the care team opened the file: its coordinator sees today whether that was right. */
export const breakGlassAlert = (
  pathway: Pathway,
  breakGlassId: string,
  at: string,
): Pick<ToAlert, 'id' | 'command'> => {
  const text = 'Un professionnel hors de l’équipe de soins a ouvert ce dossier en urgence, pour une heure.';
  const id = uuidv5(pathway.id, `break-glass/${breakGlassId}`);
  return toCoordinator(pathway, { id, reason: 'break-glass', raisedAt: at, text });
};

/** The id of the alert that says that an opening was not reviewed in time. */
export const overdueReviewId = (pathwayId: string, breakGlassId: string): string =>
  uuidv5(pathwayId, `break-glass/${breakGlassId}/overdue`);

/** Nobody reviewed the opening in time: it falls to the administrator, who holds no alert but finds somebody. */
export function overdueReviewAlert(
  { id: breakGlassId, patientId }: { readonly id: string; readonly patientId: string },
  pathwayId: string,
  at: string,
): Pick<ToAlert, 'id' | 'command'> {
  const id = overdueReviewId(pathwayId, breakGlassId);
  const text = 'Un accès d’urgence à ce dossier attend d’être contrôlé depuis plus de 72 heures.';
  const about = { id, pathwayId, patientId, tier: 2, reason: 'break-glass-unreviewed', text } as const;
  return { id, command: { type: 'RaiseAlert', ...about, ownerRole: ADMINISTRATOR, raisedAt: at } };
}

/** Who could own what falls to these roles at an instant. */
export const placementOf = (pathway: Pathway, roles: readonly string[], at: string): Placement => ({
  team: membersOn(pathway.team, dayOf(pathway, at)).map(({ practitionerId, role }) => ({ practitionerId, role })),
  roles,
  at,
});

/** From when somebody where the pathway takes place can be expected to be at work. */
export const workingFrom = ({ timeZone, holidays }: Pathway, at: string): string =>
  addWorkingMs(at, 0, { timeZone, holidays: holidayTerritory(holidays) ?? 'FR' });

interface About {
  readonly id: string;
  readonly reason: string;
  readonly raisedAt: string;
  readonly text: string;
  readonly stepKey?: string;
}

function toCoordinator(pathway: Pathway, about: About): ToAlert {
  const owner = coordinatorOf(pathway.team, dayOf(pathway, about.raisedAt));
  return raised(pathway, about, ofMachinery, { owner, roles: ['coordinator'], at: about.raisedAt });
}

/** Whom it falls to by the care team alone; who of them is there is settled where duty is known. */
function raised(
  pathway: Pathway,
  about: About,
  { tier, ladder }: { readonly tier: number; readonly ladder: Ladder },
  { owner, roles, at }: { readonly owner: Member | undefined; readonly roles: readonly string[]; readonly at: string },
): ToAlert {
  const { id: pathwayId, patientId, timeZone, holidays } = pathway;
  const clock = { ladder, timeZone, holidays: holidayTerritory(holidays) ?? 'FR' } as const;
  const watch: AlertWatch = { clock, placement: placementOf(pathway, roles, deliverableFrom(tier, at, clock)) };
  const ownedBy = {
    ownerRole: owner?.role ?? 'coordinator',
    ...(owner === undefined ? {} : { ownerId: owner.practitionerId }),
  };
  const { id } = about;
  return { to: 'alert', id, command: { type: 'RaiseAlert', pathwayId, patientId, tier, ...about, ...ownedBy, watch } };
}

/** A step as it was last planned. */
export const stepAt = (pathway: Pathway, key: string): StepRecord | undefined =>
  pathway.steps.find((step) => step.key === key);

/** Every attempt may have raised its own alert. */
export function lifted(pathway: Pathway, stepKey: string, reason: string, at: string): readonly ToAlert[] {
  const step = stepAt(pathway, stepKey);
  return liftedUpTo(pathway, stepKey, step?.toldLate ?? 0, step?.moves ?? 0, { reason, at });
}

/** The dates were moved: whatever was late by the former ones is so no longer. */
export function liftedByMove(pathway: Pathway, stepKey: string, at: string): readonly ToAlert[] {
  const step = stepAt(pathway, stepKey);
  if (step?.moves === undefined) return [];
  return liftedUpTo(pathway, stepKey, step.attempt, step.moves - 1, { reason: 'moved', at });
}

const liftedUpTo = (
  pathway: Pathway,
  stepKey: string,
  attempts: number,
  moves: number,
  about: { reason: string; at: string },
): readonly ToAlert[] =>
  Array.from({ length: attempts }, (_, index) => ({
    to: 'alert' as const,
    id: lateAlertId(pathway.id, stepKey, index + 1, moves),
    command: { type: 'LiftAlert' as const, ...about },
  }));
