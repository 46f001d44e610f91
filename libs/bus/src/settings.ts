/** What a service needs to reach its servers, read once from the environment. */
export interface BusSettings {
  readonly mongoUrl: string;
  readonly kafkaBrokers: readonly string[];
  readonly keysFolder: string;
  /** 3 in production, 1 on one broker. */
  readonly replicationFactor: number;
}

/** Reads the settings; throws one Error that lists every missing key. */
export function busSettings(env: NodeJS.ProcessEnv): BusSettings {
  const { MONGO_URL, KAFKA_BROKERS, ARIANE_KEYS_DIR, KAFKA_REPLICATION } = env;
  const missing = Object.entries({ MONGO_URL, KAFKA_BROKERS, ARIANE_KEYS_DIR }).flatMap(([key, value]) =>
    value ? [] : [key],
  );
  if (missing.length > 0) throw new Error(`The environment is wrong: missing ${missing.join(', ')}.`);
  return {
    mongoUrl: MONGO_URL ?? '',
    kafkaBrokers: (KAFKA_BROKERS ?? '').split(','),
    keysFolder: ARIANE_KEYS_DIR ?? '',
    replicationFactor: Number(KAFKA_REPLICATION ?? '1'),
  };
}
