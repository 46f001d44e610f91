export { commands, run, type Surroundings } from './run';
