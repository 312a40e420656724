# Generates and verifies with ActiveSupport what Java asks for: one JSON object in, one out.
require "json"
require "active_support"
require "active_support/json"
require "active_support/message_verifier"
require "active_support/key_generator"
require "active_support/core_ext/integer/time"

request = JSON.parse($stdin.read)
secret = request.fetch("secret")
value = request["value"]
serializer = request["marshal"] ? Marshal : JSON
verifier = ActiveSupport::MessageVerifier.new(secret, digest: request["digest"], serializer: serializer)
options = {}
options[:purpose] = request["purpose"] if request["purpose"]
generate = request["expires_in"] ? options.merge(expires_in: request["expires_in"]) : options
answer = { version: ActiveSupport::VERSION::STRING, message: verifier.generate(value, **generate) }
answer[:marshal] = [Marshal.dump(value)].pack("m0")
answer[:verified] = verifier.verified(request["message"], **options) if request["message"]
digest = OpenSSL::Digest::SHA1
generator = ActiveSupport::KeyGenerator.new(secret, iterations: 1000)
answer[:key] = generator.generate_key("signed cookie").unpack1("H*")
puts JSON.generate(answer)
