import type { ObservedImage } from '../../model/observed.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import type { Fingerprint } from './fingerprint.js';
import type { ServiceField } from './service-fields.js';

/** The service as it should be, and what decides whether a container still is like it. */
export interface DesiredContainer {
  readonly service: ServiceSpec;
  readonly fields: readonly ServiceField[];
  readonly fingerprint: Fingerprint;
  /** undefined: not here yet, so that nothing can be said about it. */
  readonly image: ObservedImage | undefined;
  readonly project: Project;
}
