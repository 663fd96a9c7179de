import { decodeMessage, encodeMessage } from "../protobuf/message-type.ts";
import type { MessageType } from "../protobuf/message-type.ts";
import type { UnaryMethods } from "../grpc/unary-server.ts";
import * as provider from "./provider-messages.ts";
import * as resource from "./resource-messages.ts";

/** What a provider answers, one function per request of the protocol; Terraform calls several at once. */
export type ProviderService = {
  getMetadata(request: provider.Empty): Promise<provider.MetadataResponse>;
  getProviderSchema(request: provider.Empty): Promise<provider.ProviderSchemaResponse>;
  validateProviderConfig(request: provider.ValidateProviderRequest): Promise<provider.ValidateProviderResponse>;
  configureProvider(request: provider.ConfigureRequest): Promise<provider.DiagnosticsResponse>;
  validateResourceConfig(request: resource.ConfigRequest): Promise<provider.DiagnosticsResponse>;
  validateDataResourceConfig(request: resource.ConfigRequest): Promise<provider.DiagnosticsResponse>;
  upgradeResourceState(request: resource.UpgradeRequest): Promise<resource.UpgradeResponse>;
  readResource(request: resource.ReadRequest): Promise<resource.ReadResponse>;
  planResourceChange(request: resource.PlanRequest): Promise<resource.PlanResponse>;
  applyResourceChange(request: resource.ApplyRequest): Promise<resource.ApplyResponse>;
  importResourceState(request: resource.ImportRequest): Promise<resource.ImportResponse>;
  readDataSource(request: resource.ConfigRequest): Promise<resource.ReadDataResponse>;
  stopProvider(request: provider.Empty): Promise<provider.StopResponse>;
};

/** Binds a provider to the paths of the service `tfplugin6.Provider`. */
export function providerMethods(service: ProviderService): UnaryMethods {
  return new Map([
    path("GetMetadata", provider.Empty, provider.MetadataResponse, (r) => service.getMetadata(r)),
    path("GetProviderSchema", provider.Empty, provider.ProviderSchemaResponse, (r) => service.getProviderSchema(r)),
    path("ValidateProviderConfig", provider.ValidateProviderRequest, provider.ValidateProviderResponse, (r) =>
      service.validateProviderConfig(r),
    ),
    path("ConfigureProvider", provider.ConfigureRequest, provider.DiagnosticsResponse, (r) =>
      service.configureProvider(r),
    ),
    path("ValidateResourceConfig", resource.ConfigRequest, provider.DiagnosticsResponse, (r) =>
      service.validateResourceConfig(r),
    ),
    path("ValidateDataResourceConfig", resource.ConfigRequest, provider.DiagnosticsResponse, (r) =>
      service.validateDataResourceConfig(r),
    ),
    path("UpgradeResourceState", resource.UpgradeRequest, resource.UpgradeResponse, (r) =>
      service.upgradeResourceState(r),
    ),
    path("ReadResource", resource.ReadRequest, resource.ReadResponse, (r) => service.readResource(r)),
    path("PlanResourceChange", resource.PlanRequest, resource.PlanResponse, (r) => service.planResourceChange(r)),
    path("ApplyResourceChange", resource.ApplyRequest, resource.ApplyResponse, (r) => service.applyResourceChange(r)),
    path("ImportResourceState", resource.ImportRequest, resource.ImportResponse, (r) => service.importResourceState(r)),
    path("ReadDataSource", resource.ConfigRequest, resource.ReadDataResponse, (r) => service.readDataSource(r)),
    path("StopProvider", provider.Empty, provider.StopResponse, (r) => service.stopProvider(r)),
  ]);
}

function path<Request extends object, Response extends object>(
  method: string,
  requestType: MessageType<Request>,
  responseType: MessageType<Response>,
  handle: (request: Request) => Promise<Response>,
): [string, (bytes: Uint8Array) => Promise<Uint8Array>] {
  return [
    `/tfplugin6.Provider/${method}`,
    async (bytes) => encodeMessage(responseType, await handle(decodeMessage(requestType, bytes))),
  ];
}
