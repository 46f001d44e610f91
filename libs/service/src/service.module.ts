import { PrincipalGuard, ServiceTokens, TokenVerifier } from '@ariane/auth';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';

import { AdmissionInterceptor } from './admission.interceptor';
import { Clock } from './clock';
import type { ServiceConfig } from './config';
import { HealthController, Readiness } from './health.controller';
import { HttpClient } from './http-client';
import { InternalModule } from './internal';
import { ApiDocument, OpenApiController } from './openapi';
import { ProblemFilter } from './problem.filter';
import { DueProbes, QuietProbes, ReadinessChecks, StartWaits, StopHooks, WakeHooks } from './registries';
import { ServiceSettings } from './service-settings';
import { Sweeps } from './sweeps';
import { TimeLimitInterceptor } from './time-limit';

/** What others inject to take part in a service's life. */
const shared = [Clock, DueProbes, HttpClient, QuietProbes, ReadinessChecks, StartWaits, StopHooks, Sweeps, WakeHooks];

/** What every service has, whatever it is about; global, so that libraries can inject it. */
@Module({})
export class ServiceModule {
  static of(name: string, config: ServiceConfig): DynamicModule {
    const { issuerUrl: issuer, jwksUrl, serviceSecretFile: secretFile } = config;
    return {
      module: ServiceModule,
      global: true,
      imports: [InternalModule],
      controllers: [HealthController, OpenApiController],
      providers: [
        ...shared,
        ApiDocument,
        Readiness,
        { provide: ServiceSettings, useValue: new ServiceSettings(name, config) },
        { provide: TokenVerifier, useValue: new TokenVerifier({ issuer, jwksUrl }) },
        { provide: ServiceTokens, useValue: new ServiceTokens({ issuer, service: name, secretFile }) },
        { provide: APP_GUARD, useClass: PrincipalGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: TimeLimitInterceptor },
        { provide: APP_INTERCEPTOR, useClass: AdmissionInterceptor },
      ],
      exports: [...shared, ServiceSettings, ServiceTokens, TokenVerifier],
    };
  }
}
