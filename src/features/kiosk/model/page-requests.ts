import { countRequests } from '../../../engine/requests';

/** Counts for as long as the page lives, however often the kiosk is opened. */
export const pageRequests = countRequests(window.location.origin);
