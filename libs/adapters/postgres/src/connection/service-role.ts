/** The group role that the service works as: no DDL, and of audit events only INSERT and SELECT. */
export const SERVICE_ROLE = 'ac_service'
