import type { z } from "@hono/zod-openapi";

/**
 * Has a schema take at once what is plainly right: checking it through costs a hot route more than all else before its model is
 * asked. Whatever is not plain is for the schema, which says what is wrong with it.
 * @param plain what the schema makes of a value, or undefined where it has to look itself
 */
export function swiftly<Schema extends z.ZodType>(
  schema: Schema,
  plain: (value: Record<string, unknown>) => unknown,
): Schema {
  const thoroughly = schema.safeParseAsync;
  return Object.assign(schema, {
    safeParseAsync: async (value: unknown, ...context: unknown[]) => {
      const data = isObject(value) ? plain(value) : undefined;
      return data === undefined ? thoroughly(value, ...(context as [])) : { success: true, data };
    },
  });
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** For headers or a query of which all may be left out: nothing of them is there. */
export const nothingOf =
  ({ shape }: { shape: object }) =>
  (value: Record<string, unknown>): object | undefined =>
    Object.keys(shape).some((name) => value[name] !== undefined) ? undefined : {};

/** Whether something is a number from one bound to the other. */
export const isWithin = (value: unknown, least: number, most: number): boolean =>
  typeof value === "number" && value >= least && value <= most;
