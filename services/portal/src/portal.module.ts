import { Module } from '@nestjs/common';

/** Sign-in, sessions, the way to the services, read models and the page. */
@Module({})
export class PortalModule {}
