export { type Speaker, speakerOf } from './speaker';
export { type Answer, TestedService } from './tested-service';
export { until } from './until';
