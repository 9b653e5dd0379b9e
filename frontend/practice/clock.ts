// The one place where practice asks what day it is.
import { dayOf } from "./events";

/** The reader's own day, counted from 1970. */
export const now = (): number => dayOf(Date.now(), -new Date().getTimezoneOffset());
