import type { InvalidReason } from './attributes';

/** A user or group of the model. Deleted ones stay, so that positions do not change. */
export interface Resource<Attributes> {
  readonly id: string;
  attributes: Attributes;
  version: number;
  isDeleted: boolean;
}

/** An error response of the model. */
export class ModelError extends Error {
  constructor(
    readonly status: number,
    readonly scimType?: string,
  ) {
    super();
  }
}

/** Returns the resources that are not deleted. */
export const withoutDeleted = <T>(resources: readonly Resource<T>[]): Resource<T>[] =>
  resources.filter(({ isDeleted }) => !isDeleted);

/** Throws 400 if the attributes are invalid. */
export function assertValid<T extends object>(attributes: T | InvalidReason): T {
  if (typeof attributes === 'string') throw new ModelError(400, attributes);
  return attributes;
}

/** Throws 409 if another resource has the name, in any case. */
export function assertNameAvailable<T>(
  resources: readonly Resource<T>[],
  name: string,
  nameOf: (attributes: T) => string,
  self?: Resource<T>,
): void {
  const isTaken = withoutDeleted(resources).some(
    (each) => each !== self && nameOf(each.attributes).toLowerCase() === name.toLowerCase(),
  );
  if (isTaken) throw new ModelError(409, 'uniqueness');
}
