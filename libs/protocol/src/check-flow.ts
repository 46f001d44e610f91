import { exclusionFaults } from './check-branches';
import { circleFaults } from './check-circle';
import { disclosureFaults } from './check-disclosure';
import { endlessFaults, unreachableFaults } from './check-reach';
import { noWayOutFaults } from './check-recorded';
import { windowFaults } from './check-windows';
import type { ProtocolDocument } from './document';
import type { Fault } from './fault';

/**
 * Faults of the whole: circles first, since nothing else can be told of those; then steps that nobody reaches or that
 * never end, windows that cannot be met, facts that nobody gives, labels that tell too much.
 */
export function flowFaults(document: ProtocolDocument): readonly Fault[] {
  const circles = circleFaults(document);
  if (circles.length > 0) return circles;
  return [
    ...unreachableFaults(document),
    ...endlessFaults(document),
    ...windowFaults(document),
    ...noWayOutFaults(document),
    ...exclusionFaults(document),
    ...disclosureFaults(document),
  ];
}
