import { type Binder, explicitInteger, mapOfAll } from './bind.js';
import { WireStruct, type WireValue, wireNumber } from './wire-value.js';

/** One number for both limits, or `soft` and `hard`. A single zero is an object without limits, as in the reference. */
const limitShape: Binder = (node, context) => {
  if (node.kind !== 'map') {
    const single = explicitInteger(node, context);
    return single === 0 ? new WireStruct(new Map()) : single;
  }
  const fields = new Map<string, WireValue>();
  for (const name of ['soft', 'hard']) {
    const value = node.entries.get(name)?.value;
    const limit =
      value === undefined ? undefined : context.below(name, () => explicitInteger(value, context));
    if (wireNumber(limit)) fields.set(name, limit as number);
  }
  return new WireStruct(fields);
};

export const ulimitsShape = mapOfAll(limitShape);
