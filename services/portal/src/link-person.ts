import type { PatientLink } from './patient-link';
import type { SignedInPerson } from './person-of-claims';

/**
 * Who a link's holder is for the services. Whoever is not the patient reads as the patient would and stands in audits
 * under a name of their own, with the patient for whom they act; a professional is themselves.
 */
export function personOf({ linkId, patientId, holder }: PatientLink, territory: string): SignedInPerson {
  const reader = { roles: ['patient'], territory } as const;
  switch (holder.kind) {
    case 'patient':
      return { subject: patientId, name: '', ...reader, patientId };
    case 'trusted-person':
    case 'carer':
      return { subject: `${holder.kind}:${linkId}`, name: holder.name, ...reader, trustedBy: patientId };
    case 'practitioner': {
      const { practitionerId } = holder;
      return { subject: practitionerId, name: '', roles: ['requester'], territory, practitionerId };
    }
  }
}

/** The page to which a link leads. */
export const pageOf = ({ holder: { kind } }: Pick<PatientLink, 'holder'>): 'patient' | 'shared' =>
  kind === 'patient' || kind === 'trusted-person' ? 'patient' : 'shared';
