/** Ids the examples share, so that the examples of all services tell one story. */
export const ids = {
  pathway: '01890a5d-ac96-7000-8000-000000000001',
  patient: '01890a5d-ac96-7000-8000-000000000002',
  practitioner: '01890a5d-ac96-7000-8000-000000000003',
  expert: '01890a5d-ac96-7000-8000-000000000004',
  appointment: '01890a5d-ac96-7000-8000-000000000005',
  request: '01890a5d-ac96-7000-8000-000000000006',
  meeting: '01890a5d-ac96-7000-8000-000000000007',
  case: '01890a5d-ac96-7000-8000-000000000008',
  other: '01890a5d-ac96-7000-8000-000000000009',
} as const;
