export { type Assumptions, assumptionFaults, isAssumptions } from './assumptions';
export type { Estimate } from './figures';
export { chanceOf, hashOf } from './chance';
export type { Course } from './course';
export { type Report, reportOf, type SideReport } from './report';
export type { Scenario } from './scenario';
export { type Measuring, type Outcome, playCell, type Study, type StudySettings, studyOf, totalOf } from './study';
