import type { Rule } from "../../rule.ts";
import { awsAnalyticsMoreRules } from "./analytics-more.ts";
import { awsAnalyticsRules } from "./analytics.ts";
import { awsApiGatewayRules } from "./api-gateway.ts";
import { awsBuildAndLearningRules } from "./builds-and-learning.ts";
import { awsCacheMoreRules } from "./caches-more.ts";
import { awsCacheRules } from "./caches.ts";
import { awsCloudfrontRules } from "./cloudfront.ts";
import { awsCloudtrailRules } from "./cloudtrail.ts";
import { awsClusterAndJobRules } from "./clusters-and-jobs.ts";
import { awsComputeMoreRules } from "./compute-more.ts";
import { awsComputeRules } from "./compute.ts";
import { awsContainerMoreRules } from "./containers-more.ts";
import { awsContainerRules } from "./containers.ts";
import { awsDataLakeRules } from "./data-lake.ts";
import { awsDatabaseMoreRules } from "./databases-more.ts";
import { awsDeputyRules } from "./deputies.ts";
import { awsDetectionRules } from "./detection.ts";
import { awsDocumentDatabaseRules } from "./document-databases.ts";
import { awsEbsRules } from "./ebs.ts";
import { awsEksRules } from "./eks.ts";
import { awsFileTransferRules } from "./file-transfer.ts";
import { awsFileAndDesktopRules } from "./files-and-desktops.ts";
import { awsGatewayMoreRules } from "./gateways-more.ts";
import { awsIamAttachmentRules } from "./iam-attachments.ts";
import { awsIamInlineRules } from "./iam-inline.ts";
import { awsIamPolicyReachRules } from "./iam-policy-reach.ts";
import { awsIamPolicyRules } from "./iam-policy.ts";
import { awsIamTrustRules } from "./iam-trust.ts";
import { awsIamUserRules } from "./iam-user.ts";
import { awsIdentityPoolRules } from "./identity-pools.ts";
import { awsImageRules } from "./images.ts";
import { awsInstanceRules } from "./instance.ts";
import { awsKmsRules } from "./kms.ts";
import { awsLambdaRules } from "./lambda.ts";
import { awsLoadBalancerRules } from "./load-balancer.ts";
import { awsMessagingRules } from "./messaging.ts";
import { awsModelAndDeviceRules } from "./models-and-devices.ts";
import { awsNameRules } from "./names-and-certificates.ts";
import { awsNameMoreRules } from "./names-more.ts";
import { awsNetworkAclRules } from "./network-acl.ts";
import { awsNetworkFirewallRules } from "./network-firewall.ts";
import { awsNetworkLinkRules } from "./network-links.ts";
import { awsOrganizationRules } from "./organization.ts";
import { awsPipelineRules } from "./pipelines.ts";
import { awsPublicPolicyMoreRules } from "./public-policy-more.ts";
import { awsPublicPolicyRules } from "./public-policy.ts";
import { awsRdsMoreRules } from "./rds-more.ts";
import { awsRdsOperationsRules } from "./rds-operations.ts";
import { awsRdsRules } from "./rds.ts";
import { awsS3HygieneRules } from "./s3-hygiene.ts";
import { awsS3MoreRules } from "./s3-more.ts";
import { awsS3Rules } from "./s3.ts";
import { awsSearchAndStreamRules } from "./search-and-streams.ts";
import { awsSecurityGroupRules } from "./security-group.ts";
import { awsStorageRules } from "./storage.ts";
import { awsVpcRules } from "./vpc.ts";
import { awsWatchingMoreRules } from "./watching-more.ts";
import { awsWatchingRules } from "./watching.ts";
import { awsWebMoreRules } from "./web-more.ts";

/** Every rule about AWS. A new service is a file beside these and a line here. */
export const awsRules: readonly Rule[] = [
  ...awsRdsRules,
  ...awsRdsOperationsRules,
  ...awsDocumentDatabaseRules,
  ...awsCacheRules,
  ...awsAnalyticsRules,
  ...awsSecurityGroupRules,
  ...awsNetworkAclRules,
  ...awsVpcRules,
  ...awsLoadBalancerRules,
  ...awsCloudfrontRules,
  ...awsApiGatewayRules,
  ...awsNameRules,
  ...awsS3Rules,
  ...awsS3HygieneRules,
  ...awsStorageRules,
  ...awsComputeRules,
  ...awsInstanceRules,
  ...awsEbsRules,
  ...awsLambdaRules,
  ...awsContainerRules,
  ...awsEksRules,
  ...awsBuildAndLearningRules,
  ...awsMessagingRules,
  ...awsIamPolicyRules,
  ...awsIamPolicyReachRules,
  ...awsIamAttachmentRules,
  ...awsIamTrustRules,
  ...awsIamUserRules,
  ...awsPublicPolicyRules,
  ...awsKmsRules,
  ...awsCloudtrailRules,
  ...awsWatchingRules,
  ...awsPublicPolicyMoreRules,
  ...awsNetworkLinkRules,
  ...awsNetworkFirewallRules,
  ...awsRdsMoreRules,
  ...awsDatabaseMoreRules,
  ...awsContainerMoreRules,
  ...awsWebMoreRules,
  ...awsNameMoreRules,
  ...awsSearchAndStreamRules,
  ...awsAnalyticsMoreRules,
  ...awsPipelineRules,
  ...awsFileAndDesktopRules,
  ...awsS3MoreRules,
  ...awsComputeMoreRules,
  ...awsWatchingMoreRules,
  ...awsModelAndDeviceRules,
  ...awsOrganizationRules,
  ...awsDetectionRules,
  ...awsGatewayMoreRules,
  ...awsFileTransferRules,
  ...awsDataLakeRules,
  ...awsImageRules,
  ...awsClusterAndJobRules,
  ...awsCacheMoreRules,
  ...awsIdentityPoolRules,
  ...awsIamInlineRules,
  ...awsDeputyRules,
];
