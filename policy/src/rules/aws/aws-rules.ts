import type { Rule } from "../../rule.ts";
import { awsAirflowRules } from "./analytics/airflow.ts";
import { awsAthenaRules } from "./analytics/athena.ts";
import { awsEmrRules } from "./analytics/emr.ts";
import { awsGlueRules } from "./analytics/glue.ts";
import { awsLakeFormationRules } from "./analytics/lake-formation.ts";
import { awsRedshiftRules } from "./analytics/redshift.ts";
import { awsSearchRules } from "./analytics/search.ts";
import { awsBedrockRules } from "./applications/bedrock.ts";
import { awsConnectRules } from "./applications/connect.ts";
import { awsIotRules } from "./applications/iot.ts";
import { awsSagemakerRules } from "./applications/sagemaker.ts";
import { awsCodebuildRules } from "./building/codebuild.ts";
import { awsCodepipelineRules } from "./building/codepipeline.ts";
import { awsBatchRules } from "./compute/batch.ts";
import { awsBeanstalkRules } from "./compute/beanstalk.ts";
import { awsCloud9Rules } from "./compute/cloud9.ts";
import { awsDesktopsRules } from "./compute/desktops.ts";
import { awsEbsRules } from "./compute/ebs.ts";
import { awsImagesRules } from "./compute/images.ts";
import { awsInstanceRules } from "./compute/instance.ts";
import { awsLambdaRules } from "./compute/lambda.ts";
import { awsLightsailRules } from "./compute/lightsail.ts";
import { awsMainframeRules } from "./compute/mainframe.ts";
import { awsEcrRules } from "./containers/ecr.ts";
import { awsEcsIsolationRules } from "./containers/ecs-isolation.ts";
import { awsEcsRules } from "./containers/ecs.ts";
import { awsEksRules } from "./containers/eks.ts";
import { awsDmsRules } from "./databases/dms.ts";
import { awsDocdbAndNeptuneRules } from "./databases/docdb-and-neptune.ts";
import { awsDynamodbRules } from "./databases/dynamodb.ts";
import { awsElasticacheRules } from "./databases/elasticache.ts";
import { awsKeyspacesRules } from "./databases/keyspaces.ts";
import { awsMemorydbRules } from "./databases/memorydb.ts";
import { awsQldbRules } from "./databases/qldb.ts";
import { awsRdsAccessRules } from "./databases/rds-access.ts";
import { awsRdsBackupsRules } from "./databases/rds-backups.ts";
import { awsRdsUpkeepRules } from "./databases/rds-upkeep.ts";
import { awsRdsRules } from "./databases/rds.ts";
import { awsTimestreamRules } from "./databases/timestream.ts";
import { awsCognitoRules } from "./identity/cognito.ts";
import { awsDeputyRules } from "./identity/deputies.ts";
import { awsIamAttachmentRules } from "./identity/iam-attachments.ts";
import { awsIamInlineRules } from "./identity/iam-inline.ts";
import { awsIamPolicyReachRules } from "./identity/iam-policy-reach.ts";
import { awsIamPolicyRules } from "./identity/iam-policy.ts";
import { awsIamTrustRules } from "./identity/iam-trust.ts";
import { awsIamUserRules } from "./identity/iam-user.ts";
import { awsOrganizationsRules } from "./identity/organizations.ts";
import { awsPublicPolicyRules } from "./identity/public-policy.ts";
import { awsEventsRules } from "./messaging/events.ts";
import { awsKafkaRules } from "./messaging/kafka.ts";
import { awsKinesisRules } from "./messaging/kinesis.ts";
import { awsMailRules } from "./messaging/mail.ts";
import { awsMqRules } from "./messaging/mq.ts";
import { awsQueuesAndTopicsRules } from "./messaging/queues-and-topics.ts";
import { awsStepFunctionsRules } from "./messaging/step-functions.ts";
import { awsEndpointsRules } from "./network/endpoints.ts";
import { awsNetworkAclRules } from "./network/network-acl.ts";
import { awsNetworkFirewallRules } from "./network/network-firewall.ts";
import { awsPeeringRules } from "./network/peering.ts";
import { awsRoute53Rules } from "./network/route53.ts";
import { awsSecurityGroupRules } from "./network/security-group.ts";
import { awsVpcLatticeRules } from "./network/vpc-lattice.ts";
import { awsVpcRules } from "./network/vpc.ts";
import { awsVpnRules } from "./network/vpn.ts";
import { awsCertificatesRules } from "./secrets/certificates.ts";
import { awsKmsRules } from "./secrets/kms.ts";
import { awsSecretsManagerRules } from "./secrets/secrets-manager.ts";
import { awsSystemsManagerRules } from "./secrets/systems-manager.ts";
import { awsBackupRules } from "./storage/backup.ts";
import { awsDatasyncRules } from "./storage/datasync.ts";
import { awsEfsRules } from "./storage/efs.ts";
import { awsFsxRules } from "./storage/fsx.ts";
import { awsS3AccessRules } from "./storage/s3-access.ts";
import { awsS3KeepingRules } from "./storage/s3-keeping.ts";
import { awsS3PublicRules } from "./storage/s3-public.ts";
import { awsStorageGatewayRules } from "./storage/storage-gateway.ts";
import { awsTransferRules } from "./storage/transfer.ts";
import { awsCloudtrailCoverageRules } from "./watching/cloudtrail-coverage.ts";
import { awsCloudtrailRules } from "./watching/cloudtrail.ts";
import { awsCloudwatchRules } from "./watching/cloudwatch.ts";
import { awsConfigRules } from "./watching/config.ts";
import { awsGuarddutyRules } from "./watching/guardduty.ts";
import { awsInspectorAndMacieRules } from "./watching/inspector-and-macie.ts";
import { awsApiGatewayRules } from "./web/api-gateway.ts";
import { awsAppsyncRules } from "./web/appsync.ts";
import { awsClassicLoadBalancerRules } from "./web/classic-load-balancer.ts";
import { awsCloudfrontRules } from "./web/cloudfront.ts";
import { awsGlobalAcceleratorRules } from "./web/global-accelerator.ts";
import { awsLoadBalancerRules } from "./web/load-balancer.ts";
import { awsWafRules } from "./web/waf.ts";

/** Every rule about AWS. A new service is a file in the folder of its kind and a line here. */
export const awsRules: readonly Rule[] = [
  ...awsAirflowRules,
  ...awsAthenaRules,
  ...awsEmrRules,
  ...awsGlueRules,
  ...awsLakeFormationRules,
  ...awsRedshiftRules,
  ...awsSearchRules,
  ...awsBedrockRules,
  ...awsConnectRules,
  ...awsIotRules,
  ...awsSagemakerRules,
  ...awsCodebuildRules,
  ...awsCodepipelineRules,
  ...awsBatchRules,
  ...awsBeanstalkRules,
  ...awsCloud9Rules,
  ...awsDesktopsRules,
  ...awsEbsRules,
  ...awsImagesRules,
  ...awsInstanceRules,
  ...awsLambdaRules,
  ...awsLightsailRules,
  ...awsMainframeRules,
  ...awsEcrRules,
  ...awsEcsIsolationRules,
  ...awsEcsRules,
  ...awsEksRules,
  ...awsDmsRules,
  ...awsDocdbAndNeptuneRules,
  ...awsDynamodbRules,
  ...awsElasticacheRules,
  ...awsKeyspacesRules,
  ...awsMemorydbRules,
  ...awsQldbRules,
  ...awsRdsAccessRules,
  ...awsRdsBackupsRules,
  ...awsRdsUpkeepRules,
  ...awsRdsRules,
  ...awsTimestreamRules,
  ...awsCognitoRules,
  ...awsDeputyRules,
  ...awsIamAttachmentRules,
  ...awsIamInlineRules,
  ...awsIamPolicyReachRules,
  ...awsIamPolicyRules,
  ...awsIamTrustRules,
  ...awsIamUserRules,
  ...awsOrganizationsRules,
  ...awsPublicPolicyRules,
  ...awsEventsRules,
  ...awsKafkaRules,
  ...awsKinesisRules,
  ...awsMailRules,
  ...awsMqRules,
  ...awsQueuesAndTopicsRules,
  ...awsStepFunctionsRules,
  ...awsEndpointsRules,
  ...awsNetworkAclRules,
  ...awsNetworkFirewallRules,
  ...awsPeeringRules,
  ...awsRoute53Rules,
  ...awsSecurityGroupRules,
  ...awsVpcLatticeRules,
  ...awsVpcRules,
  ...awsVpnRules,
  ...awsCertificatesRules,
  ...awsKmsRules,
  ...awsSecretsManagerRules,
  ...awsSystemsManagerRules,
  ...awsBackupRules,
  ...awsDatasyncRules,
  ...awsEfsRules,
  ...awsFsxRules,
  ...awsS3AccessRules,
  ...awsS3KeepingRules,
  ...awsS3PublicRules,
  ...awsStorageGatewayRules,
  ...awsTransferRules,
  ...awsCloudtrailCoverageRules,
  ...awsCloudtrailRules,
  ...awsCloudwatchRules,
  ...awsConfigRules,
  ...awsGuarddutyRules,
  ...awsInspectorAndMacieRules,
  ...awsApiGatewayRules,
  ...awsAppsyncRules,
  ...awsClassicLoadBalancerRules,
  ...awsCloudfrontRules,
  ...awsGlobalAcceleratorRules,
  ...awsLoadBalancerRules,
  ...awsWafRules,
];
