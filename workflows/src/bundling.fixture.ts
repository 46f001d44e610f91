const silent = (): undefined => undefined;

/** How specs bundle workflow code: from the sources, and without webpack's lines. */
export const bundling = {
  webpackConfigHook: (config: object) => ({
    ...config,
    resolve: { ...('resolve' in config ? (config.resolve as object) : {}), conditionNames: ['source', '...'] },
  }),
  logger: { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent },
};
