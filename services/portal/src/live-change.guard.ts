import { mayDo, mayEver, type Principal } from '@ariane/auth';
import type { LiveChange } from './live-change';

const heardAs = {
  pathways: 'hear-pathways',
  scheduling: 'hear-scheduling',
  'tele-expertise': 'hear-tele-expertise',
  meetings: 'hear-meetings',
  capitation: 'hear-capitation',
} as const;
const isHeard = (service: string): service is keyof typeof heardAs => service in heardAs;

/**
 * Whether somebody is told of a change: of a pathway, those who care for it, and of its case those who hold the meeting;
 * of money, finance; of anything else, the roles whose screens show it.
 */
export function isToldTo({ service, territory, pathwayId, readers }: LiveChange, principal: Principal): boolean {
  if (territory !== principal.territory || !isHeard(service)) return false;
  const isOfTheirs = mayEver(principal, heardAs[service], 'Change');
  if (service === 'capitation' || pathwayId === undefined) return isOfTheirs;
  if (service === 'meetings' && mayEver(principal, 'hear-case', 'Change')) return true;
  return mayDo(principal, 'hear-pathway', 'Change', { readers });
}
