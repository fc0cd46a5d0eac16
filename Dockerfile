# A static binary in an image without shell or package manager, run as nobody.
#
#   docker build -t waymark --build-arg VERSION=v0.1.0 .
#   docker run -e SLACK_APP_TOKEN -e SLACK_BOT_TOKEN -v waymark:/data waymark

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY cmd cmd
COPY internal internal
COPY prompts prompts
ARG VERSION=""
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/waymark ./cmd/waymark \
 && mkdir /out/data && chmod 700 /out/data

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/waymark /waymark
COPY --from=build --chown=65532:65532 /out/data /data
COPY LICENSE /LICENSE
ENV WAYMARK_DATA=/data
VOLUME /data
USER 65532:65532
# "unhealthy" says that the bot cannot do its work now; starting it anew helps
# none of the reasons, which "waymark health" tells.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=4 CMD ["/waymark", "health"]
# The bot stops by itself within ten seconds, which is what "docker stop" grants.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/waymark"]
CMD ["serve"]
