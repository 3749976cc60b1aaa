/** A plan that somebody has seen and agreed to, as far as it takes to recognise it: digests, no values. */
export interface AgreedPlan {
  /** Version of tscompose that made it. */
  readonly toolVersion: string;
  readonly digests: {
    /** Of the project as its files and variables gave it. */
    readonly project: string;
    /** Of all steps with everything that they are made of. */
    readonly plan: string;
  };
  /** To tell what is another one: `title` in the words of the plan, `digest` without its place among the others. */
  readonly steps: readonly { readonly title: string; readonly digest: string }[];
}
