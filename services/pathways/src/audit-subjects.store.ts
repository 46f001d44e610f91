import type { AuditSubjects } from '@ariane/audit';
import { pathways, practitioners } from './aggregates.store';
import { coordinatorOf } from './care-team';
import { dayOf } from './pathway-time';
import { territorySettings } from './territory';

/** Names asked for at a time: a page of lines. */
const NAMES_MAX = 200;
/** Pathways of one patient. */
const PATHWAYS_MAX = 50;

/** Who coordinates a patient's care today, and who the professionals of the directory are. */
export const auditSubjects: AuditSubjects = {
  coordinates: async (store, patientId, { principal, territory, now, access }) => {
    if (principal.kind === 'service' || principal.practitionerId === undefined) return false;
    const { practitionerId } = principal;
    const filter = { patientId, 'team.practitionerId': practitionerId };
    const cared = await store.find(pathways, territory, filter, { limit: PATHWAYS_MAX });
    const isCoordinator = cared.some(
      ({ state }) => coordinatorOf(state.team, dayOf(state, now))?.practitionerId === practitionerId,
    );
    if (isCoordinator) access.add({ patientId, ground: 'care-team' });
    return isCoordinator;
  },
  namesOf: async (store, territory, ids) => {
    const filter = { _id: { $in: [...ids] } };
    const found = await store.find(practitioners, territory, filter, { limit: NAMES_MAX });
    return new Map(found.map(({ id, state }) => [id, state.name]));
  },
  timeZoneOf: (territory) => territorySettings(process.env.ARIANE_TERRITORIES, territory).timeZone,
};
