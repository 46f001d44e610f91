export { received } from './fixtures';
export { given } from './given';
