import { Problem } from '../../problem';

/** Creates the error for a user that does not exist. */
export const noSuchUser = (userId: string): Problem =>
  Problem.notFound(`There is no user with the id "${userId.slice(0, 100)}".`);
