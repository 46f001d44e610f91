import { telemetry } from '@ariane/telemetry';

// Jest runs many files in one process: what one has hooked into fetch would give the next one's calls foreign traces.
afterAll(() => telemetry.stop());
