"""The addresses of the public pages."""

from django.urls import path

from reforms.views import (
    actors,
    claims,
    discrepancies,
    events,
    home,
    laws,
    packages,
    parameters,
    plain,
    reform_detail,
    reform_list,
    sources,
    timeline,
    topics,
)

urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("reforms/", reform_list.ReformList.as_view(), name="reforms"),
    path("reforms/<slug:slug>/", reform_detail.ReformDetail.as_view(), name="reform"),
    path("packages/", packages.PackageList.as_view(), name="packages"),
    path("packages/<slug:slug>/", packages.PackageDetail.as_view(), name="package"),
    path("laws/", laws.LawList.as_view(), name="laws"),
    path("laws/<slug:slug>/", laws.LawDetail.as_view(), name="law"),
    path("events/", events.EventList.as_view(), name="events"),
    path("events/<slug:slug>/", events.EventDetail.as_view(), name="event"),
    path("actors/", actors.ActorList.as_view(), name="actors"),
    path("actors/<slug:slug>/", actors.ActorDetail.as_view(), name="actor"),
    path("topics/", topics.TopicList.as_view(), name="topics"),
    path("topics/<slug:slug>/", topics.TopicDetail.as_view(), name="topic"),
    path("parameters/", parameters.ParameterList.as_view(), name="parameters"),
    path("parameters/<slug:slug>/", parameters.ParameterDetail.as_view(), name="parameter"),
    path("timeline/", timeline.Timeline.as_view(), name="timeline"),
    path("sources/", sources.SourceList.as_view(), name="sources"),
    path("sources/<slug:slug>/", sources.Reader.as_view(), name="source"),
    path("claims/", claims.ClaimList.as_view(), name="claims"),
    path("claims/<slug:ref>/", claims.ClaimDetail.as_view(), name="claim"),
    path("claims/<slug:ref>/history/", claims.ClaimHistory.as_view(), name="claim_history"),
    path("discrepancies/", discrepancies.DiscrepancyList.as_view(), name="discrepancies"),
    path("discrepancies/<slug:ref>/", discrepancies.DiscrepancyDetail.as_view(), name="discrepancy"),
    path("about/", plain.About.as_view(), name="about"),
    path("healthz", plain.healthz, name="healthz"),
]
