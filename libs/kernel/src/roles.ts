/** What a person may be in Ariane. */
export const personRoles = [
  'coordinator',
  'specialist',
  'requester',
  'meeting-secretary',
  'chair',
  'finance',
  'finance-approver',
  'protocol-editor',
  'territory-administrator',
  'patient',
  'auditor',
] as const;

export type PersonRole = (typeof personRoles)[number];
