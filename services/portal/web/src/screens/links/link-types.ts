export type Channel = 'email' | 'sms';
export type HolderKind = 'patient' | 'trusted-person' | 'carer' | 'practitioner';

/** A way into one patient's page, as the portal tells it: the address masked, the secret nowhere. */
export interface Link {
  readonly id: string;
  readonly holder:
    | { readonly kind: 'patient' }
    | { readonly kind: 'practitioner'; readonly practitionerId: string }
    | { readonly kind: 'trusted-person' | 'carer'; readonly name: string };
  readonly channel: Channel;
  readonly to: string;
  readonly status: 'open' | 'ended';
  readonly endsAt: string;
  readonly devices: readonly { readonly deviceId: string; readonly since: string; readonly status: string }[];
}
