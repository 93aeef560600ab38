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

/** Folds a name of the model. It has no characters that need more than this. */
export const folded = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** Throws 409 if another resource has the name, in any spelling. */
export function assertNameAvailable<T>(
  resources: readonly Resource<T>[],
  name: string,
  nameOf: (attributes: T) => string,
  self?: Resource<T>,
): void {
  const isTaken = withoutDeleted(resources).some(
    (each) => each !== self && folded(nameOf(each.attributes)) === folded(name),
  );
  if (isTaken) throw new ModelError(409, 'uniqueness');
}
