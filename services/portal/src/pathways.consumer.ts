import { type EventData, Hears } from '@ariane/bus';
import { pathwaysEvents } from '@ariane/contracts';
import { type Effect, effect } from '@ariane/store';
import { Controller } from '@nestjs/common';
import {
  acquaintances,
  organisationCopies,
  patientCopies,
  practitionerCopies,
  readersOfPathways,
} from './copies.store';
import type { PatientIdentity } from './patient-copy';

/** What screens need of pathways to show names: the register, the directory, and who cares for whom. */
@Controller()
export class PathwaysConsumer {
  @Hears(pathwaysEvents.PatientRegistered)
  registered({ data }: EventData<typeof pathwaysEvents.PatientRegistered>): Effect[] {
    return [copied(data)];
  }

  @Hears(pathwaysEvents.PatientTraitsCorrected)
  corrected({ data }: EventData<typeof pathwaysEvents.PatientTraitsCorrected>): Effect[] {
    return [copied(data)];
  }

  @Hears(pathwaysEvents.PractitionerRegistered)
  listed({ data }: EventData<typeof pathwaysEvents.PractitionerRegistered>): Effect[] {
    const { practitionerId, name, exercises } = data;
    return [effect(practitionerCopies, practitionerId, { type: 'CopyListed', listed: { name, exercises } })];
  }

  @Hears(pathwaysEvents.OrganisationRegistered)
  placed({ data: { organisationId, name } }: EventData<typeof pathwaysEvents.OrganisationRegistered>): Effect[] {
    return [effect(organisationCopies, organisationId, { type: 'CopyListed', listed: { name, exercises: [] } })];
  }

  @Hears(pathwaysEvents.CareTeamMemberAdded)
  joined({ data }: EventData<typeof pathwaysEvents.CareTeamMemberAdded>): Effect[] {
    const { patientId, practitionerId, pathwayId: caseId } = data;
    const ground = { practitionerId, kind: 'care-team', caseId } as const;
    return [
      effect(acquaintances, patientId, { type: 'AddGround', ground }),
      effect(readersOfPathways, caseId, { type: 'AddReader', practitionerId }),
    ];
  }

  @Hears(pathwaysEvents.CareTeamMemberLeft)
  left({ data }: EventData<typeof pathwaysEvents.CareTeamMemberLeft>): Effect[] {
    const { patientId, practitionerId, pathwayId: caseId, until } = data;
    const ground = { practitionerId, kind: 'care-team', caseId } as const;
    return [
      effect(acquaintances, patientId, { type: 'EndGround', ground, until }),
      effect(readersOfPathways, caseId, { type: 'RemoveReader', practitionerId }),
    ];
  }
}

const copied = ({
  patientId,
  familyName,
  givenNames,
  birthDate,
  sex,
}: PatientIdentity & { patientId: string }): Effect =>
  effect(patientCopies, patientId, {
    type: 'CopyPatient',
    patient: { patientId, familyName, givenNames, birthDate, sex },
  });
