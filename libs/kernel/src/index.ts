export * from './domain-error';
export * from './decider';
export * from './civil-time';
export { type CivilSpan, daysLater, type ZoneDays, zoneDays } from './civil-days';
export {
  addressSetting,
  choiceSetting,
  integerSetting,
  optionalSetting,
  type SettingReader,
  SettingsReading,
  textSetting,
} from './environment';
export { epochOf, instantOf, nextSecond } from './instant';
export * from './holidays';
export * from './rational';
export * from './money';
export * from './allocate';
export * from './uuid';
export * from './identifiers';
export * from './canonical';
export * from './merkle';
export * from './pathway-docket';
export * from './practitioner-copy';
export { type PersonRole, personRoles } from './roles';
