/** Stages that `config` can leave out. */
export interface LoadOptions {
  readonly interpolate: 'yes' | 'no';
  readonly normalize: 'yes' | 'no';
  readonly resolvePaths: 'yes' | 'no';
  readonly consistency: 'yes' | 'no';
  readonly resolveEnvironment: 'yes' | 'no';
  /** `record`: every value keeps how it came into the model, for `config --explain`. */
  readonly provenance?: 'record';
}

export const allStages: LoadOptions = {
  interpolate: 'yes',
  normalize: 'yes',
  resolvePaths: 'yes',
  consistency: 'yes',
  resolveEnvironment: 'yes',
};
