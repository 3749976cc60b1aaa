import { createHash } from 'node:crypto';
import type { PlanTools } from './plan/policy.js';
import { version } from './version.js';

/** What planning gets from outside. */
export const tools: PlanTools = {
  digest: (text) => createHash('sha256').update(text).digest('hex'),
  toolVersion: version,
};
