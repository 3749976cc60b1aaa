import { given } from '../../../model/given.js';
import type { ImageDefaults } from '../../../model/observed.js';
import { textOrder } from '../../../model/order.js';
import { nullableListOf, textOf } from './absent-values.js';
import type { InspectedConfig } from './inspected-settings.js';
import { environmentOf, healthcheckOf } from './service-from-inspect.js';

/** `Config` of `GET /images/{name}/json`. */
export function imageDefaults(config: InspectedConfig | null | undefined): ImageDefaults {
  const entrypoint = typeof config?.Entrypoint === 'string' ? [config.Entrypoint] : config?.Entrypoint;
  return {
    environment: environmentOf(config?.Env ?? []),
    command: nullableListOf(config?.Cmd),
    entrypoint: nullableListOf(entrypoint),
    exposedPorts: Object.keys(config?.ExposedPorts ?? {}).sort(textOrder),
    ...given({
      workingDir: textOf(config?.WorkingDir),
      user: textOf(config?.User),
      stopSignal: textOf(config?.StopSignal),
      healthcheck: healthcheckOf(config?.Healthcheck),
    }),
  };
}
