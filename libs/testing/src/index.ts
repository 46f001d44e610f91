export { received } from './fixtures';
export { byCommands, given } from './given';
