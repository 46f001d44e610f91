export { type IssuerSettings, type Mode, type RunningIssuer, startIssuer } from './issuer';
export { assertEveryRouteHasAPolicy, declaredPolicy, Policy, type RoutePolicy } from './policy';
export { audience, isRole, type PersonRole, type Principal, type Role, roles, rolesOf, subjectOf } from './principal';
export { PrincipalGuard, type WithPrincipal } from './principal.guard';
export { readSecret, type ServiceName, serviceNames } from './secret-files';
export { type IssuedToken, ServiceTokens, type ServiceTokenSettings } from './service-tokens';
export { TokenVerifier, type VerifierSettings } from './token-verifier';
