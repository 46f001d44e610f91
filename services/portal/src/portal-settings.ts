import {
  addressSetting,
  choiceSetting,
  integerSetting,
  optionalSetting,
  type SettingReader,
  SettingsReading,
  textSetting,
} from '@ariane/kernel';
import type { PassedOnService } from './passed-on';
import { passedOnServices } from './passed-on';
import type { SessionLimits } from './session';

/** The portal's own settings, beside those of every service. */
export interface PortalSettings {
  /** The origin under which people open it, without a trailing slash. */
  readonly origin: string;
  readonly provider: ProviderSettings;
  readonly limits: SessionLimits;
  readonly messages: MessageSettings;
  /** Base address of each service that is passed on. */
  readonly serviceUrls: Readonly<Record<PassedOnService, string>>;
  /** Folder of the built page; the shipped one where none is named. */
  readonly webFolder: string | undefined;
}

/** The OpenID provider that vouches for people. */
interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecretFile: string;
  readonly scopes: string;
  /** Level of assurance asked for, such as Pro Santé Connect's `eidas1`. */
  readonly acrValues: string | undefined;
  /** JSON file of the claim mapping. */
  readonly claimsFile: string;
}

/** How what is written to people leaves: to the deployer's gateway, to the demo's inbox, or not at all. */
interface MessageSettings {
  readonly way: 'none' | 'inbox' | 'relay';
  readonly relayUrl: string | undefined;
  readonly relayTokenFile: string | undefined;
}

/** Reads the portal's environment; throws one Error that lists every fault. */
export function portalSettings(env: Readonly<Record<string, string | undefined>>): PortalSettings {
  const reading = new SettingsReading(env);
  const mode = reading.read('ARIANE_MODE', choiceSetting(['production', 'demo', 'test'], 'production'));
  const origin = reading.read('ARIANE_PORTAL_URL', originSetting);
  const issuer = reading.read('ARIANE_OIDC_ISSUER', addressSetting());
  if (mode === 'production') {
    for (const [key, address] of Object.entries({ ARIANE_PORTAL_URL: origin, ARIANE_OIDC_ISSUER: issuer }))
      if (/^http:/.test(address)) reading.fault(`${key} must be an https address when ARIANE_MODE is production`);
  }
  const messages = messageSettings(reading, mode);
  return reading.done({
    origin,
    messages,
    provider: {
      issuer,
      clientId: reading.read('ARIANE_OIDC_CLIENT_ID', textSetting()),
      clientSecretFile: reading.read('ARIANE_OIDC_CLIENT_SECRET_FILE', textSetting()),
      scopes: reading.read('ARIANE_OIDC_SCOPES', scopesSetting),
      acrValues: reading.read('ARIANE_OIDC_ACR_VALUES', optionalSetting),
      claimsFile: reading.read('ARIANE_OIDC_CLAIMS_FILE', textSetting()),
    },
    limits: {
      idleMs: reading.read('ARIANE_SESSION_IDLE_MS', integerSetting(1_000, 86_400_000, 1_800_000)),
      wholeMs: reading.read('ARIANE_SESSION_WHOLE_MS', integerSetting(1_000, 86_400_000, 36_000_000)),
    },
    serviceUrls: reading.read('SERVICE_URLS', serviceUrlsSetting),
    webFolder: reading.read('ARIANE_WEB_DIR', optionalSetting),
  });
}

const messageWays = ['none', 'inbox', 'relay'] as const;

function messageSettings(reading: SettingsReading, mode: string): MessageSettings {
  const isProduction = mode === 'production';
  const way = reading.read(
    'ARIANE_MESSAGES',
    choiceSetting<MessageSettings['way']>(messageWays, isProduction ? 'none' : 'inbox'),
  );
  const relayUrl = reading.read('ARIANE_MESSAGES_RELAY_URL', optionalSetting);
  const relayTokenFile = reading.read('ARIANE_MESSAGES_RELAY_TOKEN_FILE', optionalSetting);
  if (isProduction && way === 'inbox')
    reading.fault(
      'ARIANE_MESSAGES must not be inbox when ARIANE_MODE is production: anybody could read messages there',
    );
  if (way === 'relay') {
    if (!URL.canParse(relayUrl ?? '') || (isProduction && relayUrl?.startsWith('https:') !== true))
      reading.fault('ARIANE_MESSAGES_RELAY_URL must be the gateway’s address, https in production');
    if (relayTokenFile === undefined) reading.fault('ARIANE_MESSAGES_RELAY_TOKEN_FILE must name a file');
  }
  return { way, relayUrl, relayTokenFile };
}

const originSetting: SettingReader<string> = (given) => {
  const address = addressSetting()(given);
  if ('wrong' in address || new URL(address.value).origin === address.value) return address;
  return { wrong: 'must be an origin without a path, such as https://ariane.example' };
};

const scopesSetting: SettingReader<string> = (given = 'openid') =>
  given.split(' ').includes('openid') ? { value: given } : { wrong: 'must hold the scope openid' };

const serviceUrlsSetting: SettingReader<PortalSettings['serviceUrls']> = (given) => {
  const urls = addressesIn(given ?? '');
  const missing = passedOnServices.filter((name) => !URL.canParse(urls[name] ?? ''));
  if (missing.length > 0) return { wrong: `must be a JSON object with the address of ${missing.join(', ')}` };
  return { value: urls as PortalSettings['serviceUrls'] }; // as: each of its keys was found
};

function addressesIn(text: string): Partial<Record<string, string>> {
  try {
    const found: unknown = JSON.parse(text);
    if (typeof found !== 'object' || found === null) return {};
    return Object.fromEntries(Object.entries(found).filter(([, value]) => typeof value === 'string'));
  } catch {
    return {};
  }
}
