import type { Decider } from '@ariane/kernel';

/**
 * How often a professional is interrupted in one civil day by what is not urgent. Source: the rule of this project;
 * acceptance falls by 30 % with each further reminder (Ancker, BMC Med Inform Decis Mak 2017).
 */
export const INTERRUPTIONS_MAX = 5;

/** Why an alert waits in the list: the day's interruptions are spent, or it is for information. */
export type HeldBackReason = 'budget' | 'information';

/** What one professional's attention was asked for on one civil day. */
export interface Attention {
  /** Alerts that interrupted and count; one that was raised anew counts again. */
  readonly interrupted: readonly string[];
}

export type AttentionCommand =
  | { readonly type: 'AskAttention'; readonly alertId: string; readonly tier: number; readonly at: string }
  /** Another owns the alert before it was delivered: it has interrupted nobody. */
  | { readonly type: 'ReleaseAttention'; readonly alertId: string };

export type AttentionEvent =
  | { readonly type: 'Interrupted'; readonly data: { readonly alertId: string; readonly counts: boolean } }
  | {
      readonly type: 'HeldBack';
      readonly data: { readonly alertId: string; readonly reason: HeldBackReason; readonly at: string };
    }
  | { readonly type: 'AttentionReleased'; readonly data: { readonly alertId: string } };

/** Urgent alerts always interrupt and are not even counted; information never does; the rest share the day's budget. */
export const attention: Decider<Attention, AttentionCommand, AttentionEvent> = { decide, evolve };

function decide(state: Attention | undefined, command: AttentionCommand): readonly AttentionEvent[] {
  const { alertId } = command;
  const interrupted = state?.interrupted ?? [];
  if (command.type === 'ReleaseAttention') {
    return interrupted.includes(alertId) ? [{ type: 'AttentionReleased', data: { alertId } }] : [];
  }
  const { tier, at } = command;
  if (tier <= 1) return [{ type: 'Interrupted', data: { alertId, counts: false } }];
  if (tier >= 4) return [{ type: 'HeldBack', data: { alertId, reason: 'information', at } }];
  return interrupted.length < INTERRUPTIONS_MAX
    ? [{ type: 'Interrupted', data: { alertId, counts: true } }]
    : [{ type: 'HeldBack', data: { alertId, reason: 'budget', at } }];
}

function evolve(state: Attention | undefined, event: AttentionEvent): Attention {
  const interrupted = state?.interrupted ?? [];
  switch (event.type) {
    case 'Interrupted':
      return { interrupted: event.data.counts ? [...interrupted, event.data.alertId] : interrupted };
    case 'HeldBack':
      return { interrupted };
    case 'AttentionReleased': {
      const last = interrupted.lastIndexOf(event.data.alertId);
      return { interrupted: interrupted.filter((_, index) => index !== last) };
    }
  }
}
