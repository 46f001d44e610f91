import type { ServiceConfig } from './config';

/** The service's name and settings, for injection. */
export class ServiceSettings {
  constructor(
    readonly name: string,
    readonly config: ServiceConfig,
  ) {}
}
