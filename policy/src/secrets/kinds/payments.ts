import { startingWith } from "../kind.ts";
import type { SecretKind } from "../kind.ts";

/** Keys of payment and trade services. */
export const paymentKinds: readonly SecretKind[] = [
  {
    id: "stripe-key",
    name: "Stripe key",
    pattern: /(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{24,247}/,
    hints: ["sk_live_", "sk_test_", "rk_live_", "rk_test_"],
  },
  startingWith("stripe-webhook-secret", "Stripe webhook secret", "whsec_", /[A-Za-z0-9+/]{32,64}={0,2}/),
  {
    id: "shopify-token",
    name: "Shopify token",
    pattern: /shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}/,
    hints: ["shpat_", "shpca_", "shppa_", "shpss_"],
  },
  startingWith("square-token", "Square access token", "EAAA", /[A-Za-z0-9_-]{60}/),
  startingWith("square-oauth-token", "Square OAuth token", "sq0atp-", /[A-Za-z0-9_-]{22}/),
  startingWith("square-oauth-secret", "Square OAuth secret", "sq0csp-", /[A-Za-z0-9_-]{43}/),
  startingWith("braintree-token", "Braintree access token", "access_token$production$", /[0-9a-z]{16}\$[0-9a-f]{32}/),
  startingWith(
    "plaid-token",
    "Plaid access token",
    "access-production-",
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
  ),
  startingWith("razorpay-key", "Razorpay key", "rzp_live_", /[A-Za-z0-9]{14}/),
  startingWith("flutterwave-key", "Flutterwave secret key", "FLWSECK-", /[0-9a-zA-Z]{32}-X/),
  {
    id: "lob-key",
    name: "Lob API key",
    pattern: /(?:live|test)_[0-9a-f]{35}/,
    hints: ["live_", "test_"],
  },
  startingWith("easypost-key", "EasyPost API key", "EZAK", /[A-Za-z0-9]{54}/),
  {
    id: "shippo-token",
    name: "Shippo token",
    pattern: /shippo_(?:live|test)_[0-9a-f]{40}/,
    hints: ["shippo_"],
  },
  {
    id: "duffel-token",
    name: "Duffel token",
    pattern: /duffel_(?:live|test)_[A-Za-z0-9_-]{43}/,
    hints: ["duffel_"],
  },
];
