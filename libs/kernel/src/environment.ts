/** How to read one key of an environment: a value, or what is wrong with it in words that follow the key's name. */
export type SettingReader<T> = (text: string | undefined) => { readonly value: T } | { readonly wrong: string };

/** Reads keys of an environment and gathers what is wrong, so that one refusal tells all of it. */
export class SettingsReading {
  private readonly wrong: string[] = [];

  constructor(private readonly env: Readonly<Record<string, string | undefined>>) {}

  /** The value of a key; what it gives for a wrong one is never used, since `done` throws. An empty text is none. */
  read<T>(key: string, reader: SettingReader<T>): T {
    const text = this.env[key];
    const reading = reader(text === '' ? undefined : text);
    if ('value' in reading) return reading.value;
    this.fault(`${key} ${reading.wrong}`);
    return undefined as T; // never used: `done` throws
  }

  /** Adds what is wrong with several keys together: a whole sentence part that begins with a key. */
  fault(sentence: string): void {
    this.wrong.push(sentence);
  }

  /** Throws one Error that lists every fault; gives the settings when there is none. */
  done<T>(settings: T): T {
    if (this.wrong.length > 0) throw new Error(`The environment is wrong: ${this.wrong.join('; ')}.`);
    return settings;
  }
}

/** A whole number within its limits. */
export function integerSetting(min: number, max: number, byDefault?: number): SettingReader<number> {
  return (given) => {
    if (given === undefined && byDefault !== undefined) return { value: byDefault };
    const value = Number(given);
    if (given !== undefined && /^\d+$/.test(given) && value >= min && value <= max) return { value };
    return { wrong: `must be a whole number from ${min} to ${max}` };
  };
}

/** One of a list. */
export function choiceSetting<T extends string>(allowed: readonly T[], byDefault: T): SettingReader<T> {
  return (given) => {
    const value = given === undefined ? byDefault : allowed.find((one) => one === given);
    return value === undefined ? { wrong: `must be one of ${allowed.join(', ')}` } : { value };
  };
}

/** A web address, given back without trailing slashes. */
export function addressSetting(byDefault?: string): SettingReader<string> {
  return (given = byDefault) => {
    if (given !== undefined && /^https?:\/\//.test(given) && URL.canParse(given)) {
      return { value: given.replace(/\/+$/, '') };
    }
    return { wrong: 'must be an http or https address' };
  };
}

/** Any text that is not empty. */
export function textSetting(byDefault?: string): SettingReader<string> {
  return (given = byDefault) => (given === undefined ? { wrong: 'is missing' } : { value: given });
}

/** A text or nothing. */
export const optionalSetting: SettingReader<string | undefined> = (given) => ({ value: given });
