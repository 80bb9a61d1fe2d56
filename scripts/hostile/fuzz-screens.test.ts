import { fuzz } from './fuzz';

await fuzz('screens');
