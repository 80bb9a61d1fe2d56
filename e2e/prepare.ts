import { buildWhenStale } from '../scripts/build';

/** The tests run on the built app, as it is shipped. */
export default buildWhenStale;
