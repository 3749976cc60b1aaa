import { homedir } from 'node:os';
import { askEngine } from '../../scripts/setup/engine-api.mjs';
import { findEngine } from '../../scripts/setup/ensure-engine.mjs';
import { connectEngine } from '../../src/engine/docker/connect.js';
import { processEnvironment } from '../support/scenario-stack.js';
import { lifecycleContract } from './lifecycle-contract.js';

lifecycleContract('the engine that answers here', async () => ({
  engine: await connectEngine({ environment: processEnvironment(), homeDir: homedir() }),
  async makeImage(reference, labels, container) {
    const { found } = await findEngine();
    const [repo = '', tag = ''] = reference.split(':');
    const query = new URLSearchParams({ container, repo, tag });
    for (const [name, value] of labels) query.append('changes', `LABEL ${name}="${value}"`);
    const { status, body } = await askEngine(found, { method: 'POST', path: `/commit?${query}` });
    if (status !== 201) throw new Error(`cannot make image ${reference}: ${body}`);
  },
}));
